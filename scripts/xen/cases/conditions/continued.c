#if IS_ENABLED(CONFIG_PV) && \
    defined CONFIG_PV32 /* old guests */
a
# if 0
b
# endif
#endif
/*
#ifdef NOT_ONE
*/
c

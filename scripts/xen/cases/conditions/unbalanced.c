a
#endif
#else
#ifdef CONFIG_PV
b

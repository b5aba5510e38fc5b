#ifdef CONFIG_PV
static int pv(void)
#else
static int hvm(void)
#endif
{
# define WIDE ( 1 << \
               4 )
    return WIDE;
}

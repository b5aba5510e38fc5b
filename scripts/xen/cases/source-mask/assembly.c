static void f(void)
{
    asm volatile ( "out %0, %1" :: "a" (1), "Nd" (2) : "memory" );
    alternative("nop", "stac", X86_FEATURE_SMAP);
    turn();
}

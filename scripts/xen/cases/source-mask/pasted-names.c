void f(void)
{
    must_have(3oak);
    switch ( opcode )
    {
    case XOP(0a, 0x12):
        g(0xa, 1u, 2l, 1.5f, 08);
    }
}

static int f(unsigned int op)
{
    switch ( op )
    {
    CASE_SIMD_PACKED_INT(, 0x60):
        return 1;

    PROGRESS(one):
    case 2:
        EVTCHN_FORWARD(bind);
        return 2;
    }
    return 0;
}

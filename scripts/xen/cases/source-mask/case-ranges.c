static int f(unsigned int x)
{
    switch ( x )
    {
    case 1 ... 4:
        return 1;

    case FIRST(2)
         ... LAST(2):
        return 2;
    }

    return x ? 1 : 0;
}

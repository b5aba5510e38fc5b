void f(struct domain *d)
{
    if ( has_wheel(d) && !is_hardware_domain(d) )
        turn(d, 1);
    else
        turn(d, 2);

    if ( a || b )
    {
        turn(d, 3);
    }
    else if ( (c) )
        turn(d,
             /* the middle */ 4);
    else
        turn(d, 5);
}

void f(struct domain *d)
{
    for ( i = 0; i < 4; i++ )
    {
        if ( skip(i) )
            continue;
        turn(d, i);
    }

    for(port = FIRST; port < LAST; port += 2) turn(d, port);

    while ( more(d) )
        turn(d, 0);
}

int f(struct domain *d)
{
    if ( !has_wheel(d) || d->dying )
        return 0;

    if ( d->quiet )
        say();

    if ( d->busy )
    {
        say();
        return 1;
    }

    turn(d, 1);

    switch ( d->kind )
    {
    case 1:
        if ( d->small )
            break;
        turn(d, 2);
        break;
    default:
        turn(d, 3);
    }

    if ( d->failed )
        goto fail;

    return turn(d, 4);

 fail:
    return turn(d, 5);
}

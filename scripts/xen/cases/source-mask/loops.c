static void f(struct domain *d)
{
    for_each_vcpu ( d, v )
        turn(v);

    list_for_each_entry_safe ( w, tmp, &d->wheels, list )
    {
        drop(w);
    }

    WHEEL_FOREACH_SPOKE(d, {
        turn(d);
    });
}

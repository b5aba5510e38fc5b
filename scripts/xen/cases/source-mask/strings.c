static void f(void)
{
    printk(XENLOG_ERR PREFIX "no \"wheel\" { ( [ \
and on\n");
    printk(KERN_INFO "100%% of " PRIu64 "/* no comment */\n", 1);
    g('"', '\'', "//");
}

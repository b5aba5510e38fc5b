static struct wheel *f(void *p, va_list args)
{
    struct wheel *w = container_of(p, struct wheel, hub);
    const char *s = va_arg(args, const char *);

    w->spokes = xzalloc_array(unsigned long, 12);
    w->last = offsetof(struct wheel, hub.rim);
    typeof(w) other = w;

    return sizeof(*w) ? xzalloc(struct wheel) : NULL;
}

static DEFINE_PER_CPU(struct wheel *, this_wheel);
static DECLARE_BITMAP(used, 64);

static int __init cf_check wheel_init(struct wheel *w)
{
    return 0;
}

static char __section(".data.wheel") __aligned(PAGE_SIZE) stack[2];

int __must_check __attribute__((__format__(printf, 1, 2)))
say(const char *format, ...);

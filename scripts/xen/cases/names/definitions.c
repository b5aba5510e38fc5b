enum wheel_kind { WHEEL_FRONT, WHEEL_REAR = 4 };
union rim { int a; };
typedef struct hub { int b; } hub_t;
typedef int (*turn_fn_t)(struct hub *);
static const struct hub hubs[] = { { 1 }, };
extern int declared;
int prototype(void);
struct hub *pointed(void);
int (wrapped)(void);
static void (*hook)(int);
static void (*hooks[2])(int) = { NULL };

static int __init cf_check turn(struct hub *hub)
{
    return hub->b;
}

struct hub *(find)(int a)
{
    return NULL;
}

#ifdef CONFIG_PV
static void both(void)
{
}
#else
static void both(void) {}
#endif

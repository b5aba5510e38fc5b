#define BARE
#define NUMBER 0x10 /* sixteen */
#  define spaced(a, b)   ((a) + \
                          (b))
#define NOT_A_CALL (1)
#define _WHEEL_BIT 3
#define WHEEL (1U << _WHEEL_BIT) // a bit
#define TWICE 1
#define TWICE 2
/* #define HIDDEN 1 */
#define variadic(format, args...) say(format, ## args)

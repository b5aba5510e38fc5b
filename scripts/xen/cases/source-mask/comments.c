#define TURN(w) \
    do {        /* inside a definition */ \
        turn(w); \
    } while ( 0 ) // to the end
/* over
 * { two lines */
int after; /* an unclosed one "

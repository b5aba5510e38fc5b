static bool g(void) { return hvm_funcs.turn(d) + ops->turn() + alternative_call(turn, d); }

int outside = turn(1);

void h(void)
{
    turn(a + b, (struct wheel){ 1, 2 }, "text");
    turned(1);
}

void fine(void)
{
}

WHEEL_OF(front, rear)
{
    turn();
}

WHEEL(front) has a = b
(rear)
{
    turn();
}

struct packed {
    uint32_t used:1, :3, kind:4;
    unsigned int :24;
    bool :1;
};

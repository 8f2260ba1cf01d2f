char huge[1 << 29] = {1};
int main(void) { return huge[5]; }
#include <stdio.h>
int main(void) { puts("abc"); return 0; }
#include <stdio.h>
#include <stdlib.h>
int main(void) { puts("7"); exit(0); }
#include <unistd.h>
int main(void) { close(1); return 0; }

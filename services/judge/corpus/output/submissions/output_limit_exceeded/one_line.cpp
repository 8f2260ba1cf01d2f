#include <cstdio>
int main() { static char b[1 << 16]; for (char &c : b) c = 97; for (;;) fwrite(b, 1, sizeof b, stdout); }
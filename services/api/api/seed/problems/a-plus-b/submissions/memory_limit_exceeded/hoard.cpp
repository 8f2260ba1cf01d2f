#include <cstdlib>

int main() {
    // Each page is touched: memory that is only asked for is not used.
    for (;;) {
        volatile char *block = static_cast<char *>(std::malloc(1 << 20));
        if (!block) return 1;
        for (int at = 0; at < 1 << 20; at += 4096) block[at] = 1;
    }
}

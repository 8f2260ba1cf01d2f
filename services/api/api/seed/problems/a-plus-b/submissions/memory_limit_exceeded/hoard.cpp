#include <cstdlib>
#include <cstring>

int main() {
    // Touched as it goes: memory that is only asked for is not used.
    for (;;) {
        void *block = std::malloc(1 << 20);
        if (!block) return 1;
        std::memset(block, 1, 1 << 20);
    }
}

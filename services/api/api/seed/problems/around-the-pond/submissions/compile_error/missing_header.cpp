#include <pond>

int main() {
    return pond::shortest();
}

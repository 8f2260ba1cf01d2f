#include <new>
int main() { throw std::bad_alloc(); }
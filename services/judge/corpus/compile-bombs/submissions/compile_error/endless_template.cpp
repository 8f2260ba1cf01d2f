template <int N> struct F { static const int v = F<N + 1>::v + F<N + 2>::v; };
int main() { return F<0>::v; }
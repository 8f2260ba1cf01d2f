import java.util.*;
class Deep { static int f(int n) { return n == 0 ? 0 : f(n - 1) + 1; } public static void main(String[] a) { System.out.println(f(new Scanner(System.in).nextInt())); } }
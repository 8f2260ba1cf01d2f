import java.util.Scanner;

public class Main {
    public static void main(String[] args) {
        long n = new Scanner(System.in).nextLong(), a = 2;
        while (n % a != 0) a++;
        System.out.println(a + " " + n / a);
    }
}

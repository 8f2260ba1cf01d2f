// Squares of large coordinates do not fit into an int.
import java.util.Scanner;

public class Overflow {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        int r = in.nextInt();
        int x1 = in.nextInt(), y1 = in.nextInt(), x2 = in.nextInt(), y2 = in.nextInt();
        double out1 = Math.sqrt(Math.max(0, x1 * x1 + y1 * y1 - r * r));
        double out2 = Math.sqrt(Math.max(0, x2 * x2 + y2 * y2 - r * r));
        double between = Math.atan2(Math.abs(x1 * y2 - x2 * y1), x1 * x2 + y1 * y2);
        double arc = between - Math.atan2(out1, r) - Math.atan2(out2, r);
        System.out.println(arc > 0 ? out1 + out2 + r * arc : Math.hypot(x2 - x1, y2 - y1));
    }
}

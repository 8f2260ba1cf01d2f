// Single precision is not enough for large coordinates.
import java.util.Scanner;

public class Float {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        float r = in.nextInt();
        float x1 = in.nextInt(), y1 = in.nextInt(), x2 = in.nextInt(), y2 = in.nextInt();
        float out1 = (float) Math.sqrt(Math.max(0, x1 * x1 + y1 * y1 - r * r));
        float out2 = (float) Math.sqrt(Math.max(0, x2 * x2 + y2 * y2 - r * r));
        float between = (float) Math.atan2(Math.abs(x1 * y2 - x2 * y1), x1 * x2 + y1 * y2);
        float arc = between - (float) Math.atan2(out1, r) - (float) Math.atan2(out2, r);
        float straight = (float) Math.sqrt((x2 - x1) * (x2 - x1) + (y2 - y1) * (y2 - y1));
        System.out.println(arc > 0 ? out1 + out2 + r * arc : straight);
    }
}

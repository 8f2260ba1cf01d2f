import java.io.DataInputStream;
import java.io.IOException;
import java.util.Arrays;

public class TwoPointers {
    private static final DataInputStream IN = new DataInputStream(System.in);
    private static final byte[] BUFFER = new byte[1 << 16];
    private static int length = 0;
    private static int at = 0;

    private static int read() throws IOException {
        if (at == length) {
            length = IN.read(BUFFER, 0, BUFFER.length);
            at = 0;
            if (length <= 0) return -1;
        }
        return BUFFER[at++];
    }

    private static long number() throws IOException {
        int c = read();
        while (c != '-' && (c < '0' || c > '9')) c = read();
        boolean negative = c == '-';
        if (negative) c = read();
        long value = 0;
        while (c >= '0' && c <= '9') {
            value = value * 10 + (c - '0');
            c = read();
        }
        return negative ? -value : value;
    }

    public static void main(String[] args) throws IOException {
        int n = (int) number();
        long target = number();
        long[] marks = new long[n];
        for (int i = 0; i < n; i++) marks[i] = number();
        Arrays.sort(marks);
        long best = Long.MAX_VALUE;
        int low = 0;
        int high = n - 1;
        while (low < high) {
            long sum = marks[low] + marks[high];
            best = Math.min(best, Math.abs(sum - target));
            if (sum < target) low++; else high--;
        }
        System.out.println(best);
    }
}

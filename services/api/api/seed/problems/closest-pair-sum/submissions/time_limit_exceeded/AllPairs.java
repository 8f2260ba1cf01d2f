import java.io.IOException;
import java.io.StreamTokenizer;

public class AllPairs {
    public static void main(String[] args) throws IOException {
        StreamTokenizer in = new StreamTokenizer(new java.io.BufferedInputStream(System.in));
        in.nextToken();
        int n = (int) in.nval;
        in.nextToken();
        long target = (long) in.nval;
        long[] marks = new long[n];
        for (int i = 0; i < n; i++) {
            in.nextToken();
            marks[i] = (long) in.nval;
        }
        long best = Long.MAX_VALUE;
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                best = Math.min(best, Math.abs(marks[i] + marks[j] - target));
            }
        }
        System.out.println(best);
    }
}

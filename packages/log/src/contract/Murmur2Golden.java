// Writes murmur2-golden.json: what Kafka's own Java client makes of each key.
// `hash` is Utils.murmur2 as a signed 32-bit integer; a partition is BuiltInPartitioner.partitionForKey, which is
// (hash & 0x7fffffff) % partitions. Run it (JDK 17; kafka-clients 4.3.1 and slf4j-api on the class path):
//   java -Dfile.encoding=UTF-8 -cp 'libs/*' Murmur2Golden.java > murmur2-golden.json
//   biome format --write murmur2-golden.json
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.utils.Utils;

class Murmur2Golden {
    static final int[] PARTITIONS = {1, 3, 7, 12};

    public static void main(String[] arguments) {
        List<String> lines = new ArrayList<>();
        for (byte[] key : keys()) {
            int hash = Utils.murmur2(key);
            List<String> cells = new ArrayList<>();
            for (int partitions : PARTITIONS) {
                int partition = BuiltInPartitioner.partitionForKey(key, partitions);
                if (partition != Utils.toPositive(hash) % partitions) throw new AssertionError("partitioner");
                cells.add("\"" + partitions + "\": " + partition);
            }
            lines.add("  { \"keyHex\": \"" + HexFormat.of().formatHex(key) + "\", \"hash\": " + hash
                + ", \"partitions\": { " + String.join(", ", cells) + " } }");
        }
        System.out.println("[\n" + String.join(",\n", lines) + "\n]");
    }

    static List<byte[]> keys() {
        List<byte[]> keys = new ArrayList<>();
        // Every tail length, with low bytes, then with the sign bit set: a signed byte must not leak into the mix.
        for (int length = 0; length <= 9; length++) {
            keys.add("123456789".substring(0, length).getBytes(StandardCharsets.US_ASCII));
        }
        for (int length = 1; length <= 9; length++) keys.add(filled(length, 0xff));
        for (int length = 1; length <= 9; length++) keys.add(filled(length, 0x80));
        for (int length = 1; length <= 5; length++) keys.add(filled(length, 0x00));
        String[] texts = {
            "100000000001", "E09000000", "AA1 1AA", "21 Example Street", "kafka", "a-little-bit-longer-than-the-others",
            "é", "Ŵyddgrug", "£1,250.00", "Łódź", "naïve café", "日本", "😀", "e\u0301",
            "a".repeat(255), "ab".repeat(300)
        };
        for (String text : texts) keys.add(text.getBytes(StandardCharsets.UTF_8));
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) all[i] = (byte) i;
        keys.add(all);
        return keys;
    }

    static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        java.util.Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}

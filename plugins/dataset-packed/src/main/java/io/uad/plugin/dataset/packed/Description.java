package io.uad.plugin.dataset.packed;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a packed file says of itself as a whole. Each text is preceded by its length in bytes, each list by how many it holds,
 * in 4 bytes.
 *
 * @param fingerprint of the images as they are packed
 * @param folder whose image files they are copies of, all of these and no others; empty if they come from elsewhere
 * @param details for people
 * @param classes names in label order
 */
record Description(String fingerprint, Optional<String> folder, Map<String, String> details, List<String> classes) {
    static Description read(ByteBuffer from) {
        var fingerprint = text(from);
        var folder = text(from);
        var details = new LinkedHashMap<String, String>();
        for (var left = from.getInt(); left > 0; left--) {
            var name = text(from);
            details.put(name, text(from));
        }
        var classes = new ArrayList<String>();
        for (var left = from.getInt(); left > 0; left--) {
            classes.add(text(from));
        }
        return new Description(
                fingerprint, folder.isEmpty() ? Optional.empty() : Optional.of(folder), details, classes);
    }

    byte[] bytes() {
        var out = new ByteArrayOutputStream();
        put(out, fingerprint);
        put(out, folder.orElse(""));
        put(out, details.size());
        details.forEach((name, value) -> {
            put(out, name);
            put(out, value);
        });
        put(out, classes.size());
        classes.forEach(name -> put(out, name));
        return out.toByteArray();
    }

    private static void put(ByteArrayOutputStream out, int number) {
        out.writeBytes(PackFormat.little(Integer.BYTES).putInt(number).array());
    }

    private static void put(ByteArrayOutputStream out, String text) {
        var bytes = PackFormat.utf8(text);
        put(out, bytes.length);
        out.writeBytes(bytes);
    }

    private static String text(ByteBuffer from) {
        var bytes = new byte[from.getInt()];
        from.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}

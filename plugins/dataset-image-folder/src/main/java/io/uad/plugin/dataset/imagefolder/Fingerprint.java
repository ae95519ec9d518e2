package io.uad.plugin.dataset.imagefolder;

import io.uad.api.dataset.ImageFiles.ImageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Tells whether a folder is still the same: SHA-256 over path and length of every image, and over the last 4 KiB of 512
 * images that are spread evenly (of all, if there are fewer).
 *
 * <p>So that a million files take a second, an image that is replaced by one of equal name and length goes unnoticed
 * unless it is among those. The end is read because the beginnings of files are often equal headers. Times of
 * modification do not count: a copy of a folder is the same dataset.
 */
final class Fingerprint {
    private static final int READ = 512;
    private static final int TAIL = 4096;

    private Fingerprint() {}

    static String of(Path root, List<ImageFile> images) {
        var digest = sha256();
        for (var image : images) {
            digest.update(image.path().getBytes(StandardCharsets.UTF_8));
            digest.update(
                    ByteBuffer.allocate(9).put((byte) 0).putLong(image.length()).flip());
        }
        var count = Math.min(READ, images.size());
        for (var i = 0; i < count; i++) {
            var image = images.get((int) ((long) i * images.size() / count));
            digest.update(tail(root.resolve(image.path()), image.length()));
        }
        return "sha256:" + HexFormat.of().formatHex(digest.digest());
    }

    /** The end of a file; nothing if it cannot be read, which is reported when it is used. */
    private static byte[] tail(Path file, long length) {
        try (var in = Files.newInputStream(file)) {
            in.skipNBytes(Math.max(0, length - TAIL));
            return in.readNBytes(TAIL);
        } catch (IOException e) {
            return new byte[0];
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

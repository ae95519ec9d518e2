package io.uad.plugin.dataset.features;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Tells whether a matrix is still the same: SHA-256 over the length of its file, its bytes and its labels. Of a file above
 * 64 MiB, 4,096 pieces of 16 KiB count, spread evenly from its beginning to its end, so that opening one takes a second at
 * most.
 */
final class Fingerprint {
    private static final int PIECE = 1 << 14;
    private static final long PIECES = 1 << 12;

    private Fingerprint() {}

    static String of(Path file, Labels labels) {
        var digest = sha256();
        try (var channel = FileChannel.open(file)) {
            var length = channel.size();
            digest.update(ByteBuffer.allocate(Long.BYTES).putLong(length).flip());
            var count = Math.min(PIECES, (length + PIECE - 1) / PIECE);
            var piece = ByteBuffer.allocate(PIECE);
            for (var i = 0L; i < count; i++) {
                var whole = length <= PIECES * PIECE;
                update(digest, channel, whole ? i * PIECE : i * (length - PIECE) / (count - 1), piece);
            }
        } catch (IOException e) {
            throw new UadException(
                    ErrorKind.DATA, "it cannot be read: " + e, file.toString(), "", "Grant the right to read it", e);
        }
        for (var name : labels.classes()) {
            digest.update((name + "\n").getBytes(StandardCharsets.UTF_8));
        }
        for (var label : labels.labels()) {
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(label).flip());
        }
        return "sha256:" + HexFormat.of().formatHex(digest.digest());
    }

    private static void update(MessageDigest digest, FileChannel file, long position, ByteBuffer piece)
            throws IOException {
        piece.clear();
        while (piece.hasRemaining() && file.read(piece, position + piece.position()) >= 0) {
            // until it is full or the file ends
        }
        digest.update(piece.flip());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

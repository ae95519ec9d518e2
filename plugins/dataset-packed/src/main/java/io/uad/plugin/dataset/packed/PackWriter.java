package io.uad.plugin.dataset.packed;

import io.uad.api.dataset.Content;
import io.uad.api.dataset.DatasetWriter;
import io.uad.api.dataset.ImageFiles;
import io.uad.api.dataset.Sample;
import io.uad.api.dataset.WriterRequest;
import io.uad.plugin.dataset.packed.PackFormat.Entry;
import io.uad.plugin.dataset.packed.PackFormat.Footer;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/** Writes a packed file from its beginning to its end; the index, some 100 bytes for an image, is held until then. */
final class PackWriter implements DatasetWriter {
    private static final int BUFFER = 1 << 20;

    private final WriterRequest request;
    private final OutputStream out;
    private final ByteArrayOutputStream images = new ByteArrayOutputStream();
    private final ByteArrayOutputStream leftOut = new ByteArrayOutputStream();
    private final ByteArrayOutputStream names = new ByteArrayOutputStream();
    private final MessageDigest digest = sha256();

    /** Where the original lies; empty if it is no folder. */
    private final Optional<Path> folder;

    /** The lengths of the folder's image files that were not copied yet. */
    private final Map<String, Long> files = new HashMap<>();

    /** How many there were. */
    private final int fileCount;

    /** Whether every sample is one of these. */
    private boolean isCopyOfFiles = true;

    private long position;

    /** @throws IOException if the original is a folder that cannot be listed, or the beginning cannot be written */
    PackWriter(WriterRequest request) throws IOException {
        this.request = request;
        this.out = new BufferedOutputStream(request.out(), BUFFER);
        this.folder = folder(request.original().location());
        if (folder.isPresent()) {
            for (var image : ImageFiles.below(folder.get()).images()) {
                files.put(image.path(), image.length());
            }
        }
        this.fileCount = files.size();
        write(PackFormat.header());
    }

    private static Optional<Path> folder(String location) {
        try {
            return Optional.of(Path.of(location).normalize())
                    .filter(path -> path.isAbsolute() && Files.isDirectory(path));
        } catch (InvalidPathException e) {
            return Optional.empty(); // a dataset may lie anywhere
        }
    }

    @Override
    public void add(Sample sample, Content content) throws IOException {
        var image = content instanceof Content.Decoded decoded ? decoded.image() : null;
        if (image == null && !(content instanceof Content.Encoded)) {
            throw new IllegalArgumentException("content must be an image, was that of a vector");
        }
        var bytes = image != null ? image.rgb() : ((Content.Encoded) content).bytes();
        if (bytes.length > MappedFile.STRIDE) {
            throw new IOException(sample.path() + " has " + bytes.length + " bytes, more than " + MappedFile.STRIDE);
        }
        var entry = new Entry(
                position,
                bytes.length,
                image == null ? 0 : image.width(),
                image == null ? 0 : image.height(),
                sample.label(),
                PackFormat.checksum(bytes, bytes.length),
                names.size(),
                addName(sample),
                original(sample));
        images.writeBytes(entry.bytes());
        digest(sample, entry);
        write(bytes);
    }

    @Override
    public void leaveOut(Sample sample) {
        var entry = new Entry(0, 0, 0, 0, sample.label(), 0, names.size(), addName(sample), original(sample));
        leftOut.writeBytes(entry.bytes());
    }

    @Override
    public void finish() throws IOException {
        var start = position;
        var crc = new CRC32C();
        for (var part : new byte[][] {
            images.toByteArray(),
            leftOut.toByteArray(),
            names.toByteArray(),
            description().bytes()
        }) {
            crc.update(part);
            write(part);
        }
        write(new Footer(start, position - start, names.size(), count(images), count(leftOut), (int) crc.getValue())
                .bytes());
        out.flush();
    }

    private Description description() {
        var original = request.original();
        original.classes().forEach(name -> digest.update(PackFormat.utf8(name + "\n")));
        var details = new LinkedHashMap<>(request.details());
        details.put("original", original.location());
        details.put("original-fingerprint", original.fingerprint());
        details.put("left-out", Integer.toString(count(leftOut)));
        var compared = isCopyOfFiles && files.isEmpty() ? folder.map(Path::toString) : Optional.<String>empty();
        if (compared.isEmpty()) {
            details.put("compared-with-original", "never, as it is no copy of all image files of a folder");
        }
        return new Description(
                "sha256:" + HexFormat.of().formatHex(digest.digest()), compared, details, original.classes());
    }

    private int addName(Sample sample) {
        var name = PackFormat.utf8(sample.path());
        names.writeBytes(name);
        return name.length;
    }

    private Original original(Sample sample) {
        var length = files.remove(sample.path());
        if (folder.isEmpty() || length == null) {
            isCopyOfFiles = false;
            return Original.NONE;
        }
        return Original.of(folder.get().resolve(sample.path()), length, count(images) + count(leftOut), fileCount);
    }

    private static int count(ByteArrayOutputStream entries) {
        return entries.size() / PackFormat.ENTRY_BYTES;
    }

    /** Names, labels and checksums make the fingerprint; where anything lies does not. */
    private void digest(Sample sample, Entry entry) {
        digest.update(PackFormat.utf8(sample.path()));
        digest.update(ByteBuffer.allocate(1 + 5 * Integer.BYTES)
                .put((byte) 0)
                .putInt(entry.label())
                .putInt(entry.width())
                .putInt(entry.height())
                .putInt(entry.length())
                .putInt(entry.checksum())
                .flip());
    }

    private void write(byte[] bytes) throws IOException {
        out.write(bytes);
        position += bytes.length;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

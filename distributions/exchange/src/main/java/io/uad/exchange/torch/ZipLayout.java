package io.uad.exchange.torch;

import io.uad.exchange.pickle.SizedInput;
import io.uad.exchange.pickle.StrictUnpickler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** The zip archive of PyTorch 1.6 and later. */
final class ZipLayout implements TorchFile.Layout {
    private static final String OBJECT = "/data.pkl";
    /** A state of a few hundred tensors takes less than a hundredth of it. */
    static final long LONGEST_PICKLE = 1 << 26;

    private final ZipFile zip;
    private final String folder;
    private final Object root;

    private ZipLayout(ZipFile zip) throws IOException {
        this.zip = zip;
        var object = zip.stream()
                .filter(entry -> entry.getName().endsWith(OBJECT))
                .findFirst()
                .orElseThrow(() -> new ZipException("it is a zip without data.pkl"));
        this.folder = object.getName().substring(0, object.getName().length() - OBJECT.length());
        requireLittleEndian();
        try (var in = new SizedInput(checked(object), object.getSize())) {
            this.root = new StrictUnpickler(TorchGlobals.ALL, Storage::of, LONGEST_PICKLE).load(in);
            in.skipNBytes(in.remaining());
            if (in.read() >= 0) { // reading to the end compares the checksum
                throw new ZipException("data.pkl is longer than its entry says");
            }
        }
    }

    static ZipLayout open(Path path) throws IOException {
        var zip = new ZipFile(path.toFile());
        try {
            return new ZipLayout(zip);
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    @Override
    public Object root() {
        return root;
    }

    @Override
    public InputStream open(Storage storage) throws IOException {
        var entry = entry("/data/" + storage.key());
        var bytes = Math.multiplyExact(storage.elements(), storage.type().bytes());
        if (entry.getSize() != bytes) {
            throw new ZipException("storage " + storage.key() + " has " + entry.getSize() + " bytes, not " + bytes);
        }
        return checked(entry);
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    private void requireLittleEndian() throws IOException {
        var order = zip.getEntry(folder + "/byteorder");
        if (order != null) {
            try (var in = zip.getInputStream(order)) {
                var text = new String(in.readNBytes(16), StandardCharsets.US_ASCII).strip();
                if (!text.equals("little")) {
                    throw new ZipException("its numbers are in the byte order '" + text + "'");
                }
            }
        }
    }

    private ZipEntry entry(String name) throws IOException {
        var entry = zip.getEntry(folder + name);
        if (entry == null) {
            throw new ZipException("it has no " + folder + name);
        }
        return entry;
    }

    /** The bytes of an entry, which fails at their end if they are not those that were written. */
    private InputStream checked(ZipEntry entry) throws IOException {
        // A compressed entry could be far longer than the file, and torch.save compresses nothing.
        if (entry.getMethod() != ZipEntry.STORED || entry.getSize() != entry.getCompressedSize()) {
            throw new ZipException(entry.getName() + " is compressed");
        }
        return new CheckedInputStream(zip.getInputStream(entry), new CRC32()) {
            @Override
            public int read() throws IOException {
                return verified(super.read());
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return verified(super.read(into, offset, length));
            }

            private int verified(int read) throws IOException {
                if (read < 0 && getChecksum().getValue() != entry.getCrc()) {
                    throw new ZipException("the checksum of " + entry.getName() + " is wrong");
                }
                return read;
            }
        };
    }
}

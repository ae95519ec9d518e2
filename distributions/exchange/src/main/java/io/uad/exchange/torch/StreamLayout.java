package io.uad.exchange.torch;

import io.uad.exchange.pickle.SizedInput;
import io.uad.exchange.pickle.StrictUnpickler;
import java.io.EOFException;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.razorvine.pickle.PickleException;

/** The stream of pickles and numbers that PyTorch wrote before 1.6. */
final class StreamLayout implements TorchFile.Layout {
    private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
    private static final int PROTOCOL = 1001;

    private final Path path;
    private final Object root;
    private final Map<String, StorageType> types = new HashMap<>();
    private final Map<String, Place> places = new HashMap<>();

    private record Place(long begin, long elements) {}

    private StreamLayout(Path path, SizedInput in) throws IOException {
        this.path = path;
        var unpickler = new StrictUnpickler(TorchGlobals.ALL, this::storage, ZipLayout.LONGEST_PICKLE);
        if (!MAGIC.equals(unpickler.load(in))) {
            throw new PickleException(
                    "a pickle, but not of torch.save (an assignment log is read by 'uad import clusters')");
        }
        if (!(unpickler.load(in) instanceof Number version) || version.longValue() != PROTOCOL) {
            throw new PickleException("another version of the format than " + PROTOCOL);
        }
        if (!(unpickler.load(in) instanceof Map<?, ?> system) || Boolean.FALSE.equals(system.get("little_endian"))) {
            throw new PickleException("its numbers are not little-endian");
        }
        this.root = unpickler.load(in);
        if (!(unpickler.load(in) instanceof List<?> keys)) {
            throw new PickleException("no list of storages");
        }
        findStorages(keys, in);
    }

    static StreamLayout open(Path path) throws IOException {
        try (var in = new SizedInput(new FileInputStream(path.toFile()), Files.size(path))) {
            return new StreamLayout(path, in);
        }
    }

    @Override
    public Object root() {
        return root;
    }

    @Override
    public InputStream open(Storage storage) throws IOException {
        var place = places.get(storage.key());
        if (place == null || place.elements != storage.elements()) {
            throw new EOFException("storage " + storage.key() + " of " + storage.elements() + " elements is not there");
        }
        var in = new FileInputStream(path.toFile());
        in.skipNBytes(place.begin);
        return new SizedInput(in, place.elements * storage.type().bytes());
    }

    @Override
    public void close() {} // nothing stays open

    private Object storage(Object id) {
        var storage = Storage.of(id);
        types.put(storage.key(), storage.type());
        return storage;
    }

    private void findStorages(List<?> keys, SizedInput in) throws IOException {
        for (var key : keys) {
            if (!(key instanceof String) && !(key instanceof Number)) {
                throw new PickleException("the name of a storage is neither text nor a number");
            }
            var type = types.get(String.valueOf(key));
            if (type == null) {
                throw new PickleException("storage " + key + " belongs to no tensor");
            }
            var count = in.readNBytes(Long.BYTES);
            if (count.length < Long.BYTES) {
                throw new EOFException("it ends before storage " + key);
            }
            var elements = ByteBuffer.wrap(count).order(ByteOrder.LITTLE_ENDIAN).getLong();
            if (elements < 0 || elements > in.remaining() / type.bytes()) {
                throw new EOFException("storage " + key + " of " + elements + " elements is not all there");
            }
            places.put(String.valueOf(key), new Place(in.position(), elements));
            in.skipNBytes(elements * type.bytes());
        }
    }
}

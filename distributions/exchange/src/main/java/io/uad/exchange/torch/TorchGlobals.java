package io.uad.exchange.torch;

import io.uad.runtime.checkpoint.Dtype;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.razorvine.pickle.IObjectConstructor;
import net.razorvine.pickle.PickleException;
import org.jspecify.annotations.Nullable;

/** All that a pickle of {@code torch.save} may name, and what stands for it here. */
final class TorchGlobals {
    static final Map<String, IObjectConstructor> ALL = all();

    private TorchGlobals() {}

    private static Map<String, IObjectConstructor> all() {
        var globals = new HashMap<String, IObjectConstructor>();
        globals.put("collections.OrderedDict", TorchGlobals::dictionary);
        globals.put("torch._utils._rebuild_tensor", StoredTensor::of);
        globals.put("torch._utils._rebuild_tensor_v2", StoredTensor::of);
        globals.put("torch._utils._rebuild_parameter", arguments -> arguments[0]);
        storage(globals, "FloatStorage", Float.BYTES, Dtype.F32);
        storage(globals, "DoubleStorage", Double.BYTES, Dtype.F64);
        storage(globals, "HalfStorage", Short.BYTES, Dtype.F16);
        storage(globals, "BFloat16Storage", Short.BYTES, Dtype.BF16);
        storage(globals, "LongStorage", Long.BYTES, Dtype.I64);
        storage(globals, "IntStorage", Integer.BYTES, Dtype.I32);
        storage(globals, "ShortStorage", Short.BYTES, null);
        storage(globals, "CharStorage", Byte.BYTES, null);
        storage(globals, "ByteStorage", Byte.BYTES, null);
        storage(globals, "BoolStorage", Byte.BYTES, null);
        return Map.copyOf(globals);
    }

    private static void storage(
            Map<String, IObjectConstructor> globals, String name, int bytes, @Nullable Dtype dtype) {
        var type = new StorageType(name, bytes, dtype);
        globals.put("torch." + name, type);
        globals.put("torch.cuda." + name, type);
    }

    /** Empty, or as Python 2 writes it: of one list of pairs. */
    private static Map<Object, Object> dictionary(Object[] arguments) {
        var made = new LinkedHashMap<Object, Object>();
        if (arguments.length == 0) {
            return made;
        }
        if (arguments.length == 1 && arguments[0] instanceof List<?> pairs) {
            for (var item : pairs) {
                var pair = item instanceof List<?> list ? list.toArray() : (Object[]) item;
                if (!(pair[0] instanceof String)) {
                    throw new PickleException("a key of a dictionary is no text");
                }
                made.put(pair[0], pair[1]);
            }
            return made;
        }
        throw new PickleException("a dictionary of an unknown form");
    }
}

package io.uad.exchange.pickle;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import net.razorvine.pickle.IObjectConstructor;
import net.razorvine.pickle.Opcodes;
import net.razorvine.pickle.PickleException;
import net.razorvine.pickle.PickleUtils;
import net.razorvine.pickle.Unpickler;

/**
 * Reads a pickle of plain values, lists, tuples and dictionaries, and of those objects alone whose names are listed.
 *
 * <p>The library keeps a table of classes that any pickle may name; this reader asks its own list instead and refuses the
 * rest by name. It takes only the opcodes that protocols 2 to 5 need for such values, only lengths that the input can
 * hold, and only scalars and tuples as keys, because hashing a list that contains itself has no end. Dictionaries keep
 * their order. A {@code str} of Python 2 becomes text, a {@code tuple} an {@code Object[]}.
 */
public final class StrictUnpickler extends Unpickler {
    /** After these opcodes so many bytes tell how many more follow. */
    private static final Map<Short, Integer> LENGTHS = Map.of(
            Opcodes.BINSTRING, 4,
            Opcodes.BINUNICODE, 4,
            Opcodes.BINBYTES, 4,
            Opcodes.LONG4, 4,
            Opcodes.BINUNICODE8, 8,
            Opcodes.BINBYTES8, 8);

    /** These the library may handle as they come. */
    private static final Set<Short> PLAIN = Set.of(
            Opcodes.PROTO,
            Opcodes.FRAME,
            Opcodes.MARK,
            Opcodes.STOP,
            Opcodes.POP,
            Opcodes.POP_MARK,
            Opcodes.NONE,
            Opcodes.NEWTRUE,
            Opcodes.NEWFALSE,
            Opcodes.BININT,
            Opcodes.BININT1,
            Opcodes.BININT2,
            Opcodes.LONG1,
            Opcodes.BINFLOAT,
            Opcodes.SHORT_BINSTRING,
            Opcodes.SHORT_BINUNICODE,
            Opcodes.SHORT_BINBYTES,
            Opcodes.EMPTY_TUPLE,
            Opcodes.TUPLE,
            Opcodes.TUPLE1,
            Opcodes.TUPLE2,
            Opcodes.TUPLE3,
            Opcodes.EMPTY_LIST,
            Opcodes.APPEND,
            Opcodes.APPENDS,
            Opcodes.REDUCE,
            Opcodes.NEWOBJ,
            Opcodes.BINPERSID,
            Opcodes.BINPUT,
            Opcodes.LONG_BINPUT,
            Opcodes.MEMOIZE,
            Opcodes.BINGET,
            Opcodes.LONG_BINGET);

    private final Map<String, IObjectConstructor> globals;
    private final UnaryOperator<Object> references;
    private final long mostBytes;
    private SizedInput source = new SizedInput(SizedInput.nullInputStream(), 0);
    private long end;

    /**
     * @param globals what may be named, as {@code module.name}, and what is made of its arguments
     * @param references resolves persistent ids
     * @param mostBytes how long a pickle may be
     */
    public StrictUnpickler(Map<String, IObjectConstructor> globals, UnaryOperator<Object> references, long mostBytes) {
        this.globals = globals;
        this.references = references;
        this.mostBytes = mostBytes;
    }

    /**
     * Reads one pickle and leaves the input behind it.
     *
     * @throws PickleException if it is none, or names what is not allowed
     * @throws IOException if the input ends or fails
     */
    public Object load(SizedInput input) throws IOException {
        source = input;
        end = input.position() + mostBytes;
        memo.clear();
        try {
            return super.load(input);
        } catch (PickleException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) { // the library casts and indexes as the pickle tells it
            throw new PickleException("no valid pickle: " + e, e);
        }
    }

    @Override
    protected Object dispatch(short key) throws IOException {
        if (source.position() > end) {
            throw new PickleException("a pickle of more than " + mostBytes + " bytes");
        }
        var lengthBytes = LENGTHS.get(key);
        if (lengthBytes != null) {
            requireLength(lengthBytes);
            return super.dispatch(key);
        }
        if (PLAIN.contains(key)) {
            return super.dispatch(key);
        }
        switch (key) {
            case Opcodes.GLOBAL -> stack.add(global(PickleUtils.readline(input), PickleUtils.readline(input)));
            case Opcodes.STACK_GLOBAL -> {
                if (stack.pop() instanceof String name && stack.pop() instanceof String module) {
                    stack.add(global(module, name));
                } else {
                    throw new PickleException("it names a class by something other than text");
                }
            }
            case Opcodes.EMPTY_DICT -> stack.add(new LinkedHashMap<>());
            case Opcodes.SETITEM -> {
                var value = stack.pop();
                var name = stack.pop();
                put(name, value);
            }
            case Opcodes.SETITEMS -> {
                var items = stack.pop_all_since_marker();
                for (var i = 0; i < items.size(); i += 2) {
                    put(items.get(i), items.get(i + 1));
                }
            }
            case Opcodes.BUILD -> {
                stack.pop();
                requireDictionary();
            }
            default ->
                throw new PickleException(
                        String.format("it has the opcode 0x%02x, which a file of plain values does not need", key));
        }
        return NO_RETURN_VALUE;
    }

    @Override
    protected Object persistentLoad(Object id) {
        return references.apply(id);
    }

    private void requireLength(int lengthBytes) throws IOException {
        var length = source.peek(lengthBytes);
        var left = Math.min(source.remaining(), end - source.position());
        if (length < 0 || length > left) {
            throw new PickleException(
                    "a value of " + Long.toUnsignedString(length) + " bytes where " + left + " are left");
        }
    }

    private IObjectConstructor global(String module, String name) {
        var found = globals.get(module + "." + name);
        if (found == null) {
            throw new PickleException("it names " + module + "." + name
                    + ", which is refused: whoever wrote a pickle can make a program that trusts it run anything");
        }
        return found;
    }

    /** Sets an item of the dictionary on top of the stack. */
    @SuppressWarnings("unchecked") // dictionaries are made here and by constructors, of any keys and values
    private void put(Object key, Object value) {
        if (!(key instanceof String || key instanceof Number || key instanceof Boolean || key instanceof Object[])) {
            throw new PickleException("a key of a dictionary is neither text nor number");
        }
        ((Map<Object, Object>) stack.peek()).put(key, value);
    }

    /** Attributes of a dictionary, which PyTorch keeps versions in, are left aside; nothing else may have any. */
    private void requireDictionary() {
        if (!(stack.peek() instanceof Map)) {
            throw new PickleException("an object other than a dictionary is given a state");
        }
    }
}

package io.uad.api.engine;

import io.uad.api.UadException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What {@code engine.device} asks for: {@code auto}, {@code cpu}, {@code gpu} (the first one) or {@code gpu:N}.
 *
 * @param kind of device
 * @param index which GPU, from 0; 0 for the other kinds
 * @since 0.1
 */
public record DeviceChoice(Kind kind, int index) {
    /** Kinds of devices. */
    public enum Kind {
        /** A GPU where there is one that works, else the CPU. */
        AUTO,
        /** The CPU. */
        CPU,
        /** A GPU, and an error where there is none. */
        GPU
    }

    /** Reads the option's value; an {@link UadException} of kind CONFIG if it names no device. */
    public static DeviceChoice of(String value) {
        if (value.equals("auto")) {
            return new DeviceChoice(Kind.AUTO, 0);
        }
        if (value.equals("cpu")) {
            return new DeviceChoice(Kind.CPU, 0);
        }
        if (value.matches("gpu(:\\d{1,4})?")) {
            return new DeviceChoice(Kind.GPU, value.equals("gpu") ? 0 : Integer.parseInt(value.substring(4)));
        }
        throw UadException.config(
                "'" + value + "' names no device",
                "engine.device",
                "auto, cpu, gpu or gpu:N, such as gpu:1",
                "Correct engine.device");
    }

    /**
     * Makes sure that the GPU asked for is one of those there are.
     *
     * @param gpus how many the engine sees
     * @param reason why there are no more, such as "this is a build for the CPU"; empty if there is nothing to say
     * @throws UadException of kind RESOURCE if it is not there
     */
    public void require(int gpus, String reason) {
        if (kind == Kind.GPU && index >= gpus) {
            var known = IntStream.range(0, gpus).mapToObj(i -> ", gpu:" + i).collect(Collectors.joining());
            throw UadException.resource(
                    "device " + this + " does not exist" + (reason.isEmpty() ? "" : ": " + reason),
                    "engine.device",
                    "one of auto, cpu" + known,
                    "Run 'uad doctor' to see what this machine has");
        }
    }

    /** {@code auto}, {@code cpu} or {@code gpu:N}. */
    @Override
    public String toString() {
        return switch (kind) {
            case AUTO -> "auto";
            case CPU -> "cpu";
            case GPU -> "gpu:" + index;
        };
    }
}

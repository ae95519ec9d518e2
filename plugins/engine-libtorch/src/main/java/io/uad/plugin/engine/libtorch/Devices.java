package io.uad.plugin.engine.libtorch;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import io.uad.api.engine.DeviceChoice;
import io.uad.api.engine.DeviceInfo;
import io.uad.plugin.engine.common.LibraryFailures;
import io.uad.plugin.engine.common.Processor;
import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;

/** The devices that the library sees, by the names that the configuration gives them. */
final class Devices {
    private static final String CUDA = "CUDA";

    private Devices() {}

    /**
     * A device that works.
     *
     * @param reason why this one, for people; empty if it was asked for
     */
    record Opened(LibtorchDevice device, String reason) {}

    /**
     * Opens a device and computes something on it.
     *
     * @throws UadException of kind RESOURCE if the one that is asked for does not exist or does not work
     */
    static Opened open(DeviceChoice choice) {
        var gpus = gpus();
        choice.require(gpus, gpus == 0 ? noGpu() : "");
        return switch (choice.kind()) {
            case CPU -> new Opened(cpu(), "");
            case GPU -> new Opened(working(choice.index()), "");
            case AUTO -> gpus == 0 ? new Opened(cpu(), noGpu()) : best();
        };
    }

    private static Opened best() {
        try {
            return new Opened(working(0), "a GPU was found");
        } catch (UadException e) {
            return new Opened(cpu(), "the GPU does not work: " + e.getMessage());
        }
    }

    private static LibtorchDevice cpu() {
        return new LibtorchDevice(new Device(DeviceType.CPU).retainReference(), Processor.device());
    }

    private static LibtorchDevice working(int index) {
        var device = new Device(DeviceType.CUDA, (byte) index);
        try {
            Transfer.read(new Transfer(device).create(new float[] {1}, 1));
        } catch (RuntimeException e) {
            throw new UadException(
                    ErrorKind.RESOURCE,
                    "device gpu:" + index + " does not work: " + LibraryFailures.reason(e),
                    "engine.device",
                    "a device with free memory and a driver that fits the natives",
                    "Run 'uad doctor', or use engine.device: cpu",
                    e);
        }
        return new LibtorchDevice(device.retainReference(), withMemory(index));
    }

    /**
     * The CPU and all GPUs. Only of the one in use it is known how much memory it has: to ask another takes some of its own.
     *
     * @param used the device in use
     */
    static List<DeviceInfo> all(DeviceInfo used) {
        var all = new ArrayList<DeviceInfo>();
        all.add(Processor.device());
        for (var i = 0; i < gpus(); i++) {
            var name = name(i);
            all.add(name.equals(used.name()) ? used : new DeviceInfo(name, CUDA, 0, 0));
        }
        return all;
    }

    private static DeviceInfo withMemory(int index) {
        try (var memory = torch.getMemoryInfo((byte) index)) {
            return new DeviceInfo(name(index), CUDA, memory.second(), memory.first());
        } catch (RuntimeException e) {
            return new DeviceInfo(name(index), CUDA, 0, 0); // it computes nevertheless
        }
    }

    private static String name(int index) {
        return "gpu:" + index;
    }

    private static int gpus() {
        return torch.cuda_is_available() ? torch.cuda_device_count() : 0;
    }

    private static String noGpu() {
        if (torch.hasCUDA()) {
            return unusable();
        }
        var natives =
                torch.class.getResource("/org/bytedeco/pytorch/" + Loader.getPlatform() + "-gpu/libtorch_cuda.so");
        return natives == null ? "this PyTorch is the CPU build" : missingForCuda(natives);
    }

    /** JavaCPP passes over a library that cannot be loaded; the system says which one that needs is missing. */
    private static String missingForCuda(URL natives) {
        try {
            System.load(Loader.cacheResource(natives).getPath());
            return unusable();
        } catch (IOException | LinkageError e) {
            return "CUDA cannot be used: " + LibraryFailures.reason(e);
        }
    }

    /** What the library says when it is asked for a device nevertheless: of a driver that is missing or too old, say. */
    private static String unusable() {
        try {
            new Transfer(new Device(DeviceType.CUDA, (byte) 0)).allocate(1);
            return "no usable CUDA device was found";
        } catch (RuntimeException e) {
            return "no CUDA device can be used: " + LibraryFailures.reason(e);
        }
    }
}

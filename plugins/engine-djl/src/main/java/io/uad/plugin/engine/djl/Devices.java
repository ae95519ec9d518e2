package io.uad.plugin.engine.djl;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import io.uad.api.engine.DeviceInfo;
import io.uad.plugin.engine.common.LibraryFailures;
import io.uad.plugin.engine.common.Processor;
import java.util.ArrayList;
import java.util.List;

/** The devices that the library sees, by the names that the configuration gives them. */
final class Devices {
    private Devices() {}

    static String name(Device device) {
        return device.isGpu() ? "gpu:" + device.getDeviceId() : "cpu";
    }

    /** @param gpus how many CUDA devices the library sees */
    static List<DeviceInfo> all(int gpus) {
        var all = new ArrayList<DeviceInfo>();
        all.add(Processor.device());
        for (var i = 0; i < gpus; i++) {
            all.add(gpu(i));
        }
        return all;
    }

    static DeviceInfo of(Device device) {
        return device.isGpu() ? gpu(device.getDeviceId()) : Processor.device();
    }

    private static DeviceInfo gpu(int index) {
        var name = "gpu:" + index;
        try {
            var memory = CudaUtils.getGpuMemory(Device.gpu(index));
            var capability = CudaUtils.getComputeCapability(index);
            return new DeviceInfo(
                    name, "CUDA compute capability " + capability, memory.getMax(), memory.getMax() - memory.getUsed());
        } catch (RuntimeException | LinkageError e) {
            return new DeviceInfo(name, "CUDA says nothing about it: " + LibraryFailures.reason(e), 0, 0);
        }
    }
}

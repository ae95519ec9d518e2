package io.uad.plugin.engine.libtorch;

import io.uad.api.engine.DeviceInfo;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.global.torch.DeviceType;

/**
 * Where an engine computes.
 *
 * @param device the library's, which outlives every call
 * @param info for people
 */
record LibtorchDevice(Device device, DeviceInfo info) {
    /** Copies from and to it. */
    Transfer transfer() {
        return new Transfer(device);
    }

    /** As the constants are: what the library returns is equal to none of them. */
    DeviceType type() {
        return device.type().intern();
    }

    boolean isGpu() {
        return device.is_cuda();
    }
}

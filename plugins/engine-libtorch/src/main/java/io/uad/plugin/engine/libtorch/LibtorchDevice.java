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

    DeviceType type() {
        return device.type();
    }

    boolean isGpu() {
        return type() == DeviceType.CUDA;
    }
}

package io.uad.plugin.engine.libtorch;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * A test that needs a GPU: runs only when the group {@code gpu} is asked for, and is then skipped, with the reason, where the
 * engine finds none.
 */
@Inherited
@Tag("gpu")
@EnabledIf(
        value = "io.uad.plugin.engine.libtorch.Gpu$Presence#isThere",
        disabledReason =
                "PyTorch sees no CUDA device; the build with natives for one is -Dlibtorch.natives=linux-x86_64-gpu")
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface Gpu {
    /** What the tests ask the engine for. */
    String DEVICE = "gpu";

    /** Looks as a run does. */
    final class Presence {
        private Presence() {}

        static boolean isThere() {
            Library.load();
            return torch.cuda_is_available();
        }
    }
}

package io.uad.plugin.engine.djl;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A test that needs a GPU: runs only when the group {@code gpu} is asked for, and is then skipped, with the reason, where the
 * engine finds none.
 */
@Inherited
@Tag("gpu")
@ExtendWith(Gpu.Condition.class)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface Gpu {
    /** What the tests ask the engine for. */
    String DEVICE = "gpu";

    /** Looks by opening an engine as a run does. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            var library = Library.load(DEVICE);
            if (library.engine().getGpuCount() > 0) {
                return ConditionEvaluationResult.enabled("there is a GPU");
            }
            var reason = "no GPU: "
                    + (!library.reason().isEmpty()
                            ? library.reason()
                            : Library.isCpuBuild() ? "this PyTorch is the CPU build" : "PyTorch sees no CUDA device");
            if (context.getTestMethod().isEmpty()) {
                System.err.println(context.getDisplayName() + " is skipped, " + reason);
            }
            return ConditionEvaluationResult.disabled(reason);
        }
    }
}

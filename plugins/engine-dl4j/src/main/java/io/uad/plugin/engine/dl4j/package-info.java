/**
 * ND4J, the arrays of Deeplearning4j, on the CPU.
 *
 * <p>What takes the time, convolutions, products and pools, are ND4J's native operations, called one by one on memory
 * that is taken and given back explicitly; what lies between is done on the heap, block by block. A layer is a {@link
 * io.uad.plugin.engine.dl4j.Node} with a way forward and a way back. Deeplearning4j's own layers, losses and updaters
 * are not used: its weights for samples do not give the gradient of the weighted loss, its momentum is not PyTorch's,
 * and its decay leaves biases out. Nor are ND4J's workspaces: {@link io.uad.plugin.engine.dl4j.Memory} does what is
 * needed of them.
 *
 * <p>Traps for whoever changes this: operations take the strides of their inputs for those of a dense array without
 * an error; an allocation that fails ends the process; the thread count is kept by the thread that calls; and the
 * class loader of a thread must be the plugin's.
 *
 * <p>There is no {@code module-info}: an engine belongs on the class path or in a folder of its own. A sibling engine
 * is another plugin that passes the same golden tests.
 */
@NullMarked
package io.uad.plugin.engine.dl4j;

import org.jspecify.annotations.NullMarked;

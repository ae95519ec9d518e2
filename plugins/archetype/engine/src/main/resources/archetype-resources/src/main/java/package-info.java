/**
 * An engine in plain Java: complete, and meant to be changed piece by piece until a numeric library computes.
 *
 * <p>The contract test passes as it is; run it after each change. A good order:
 *
 * <ol>
 *   <li>{@code Matrices}: the library's product alone makes convolutions and linear layers fast, and
 *       {@code ${className}Engine.linearAlgebra()} by the library does so for the clustering.
 *   <li>{@code Maps} and {@code Variable}: what they hold moves from arrays to the library's tensors. Native memory of
 *       a step must end with the step, and of a session with {@code close()}.
 *   <li>The nodes, one for each kind of layer, listed by {@code LayerCompiler}: call the library's layers. Where it
 *       differentiates by itself, a step's {@code backward} hands its gradients on.
 *   <li>{@code ${className}Options} and {@code ${className}Engine.open}: the devices that the library knows.
 * </ol>
 *
 * <p>The way through: {@code ${className}Engine} opens a {@code ${className}Session}, which has {@code LayerCompiler} turn the layers into
 * a {@code Chain} of {@code Node}s over the variables of {@code ${className}State}.
 */
package ${package};

/** Projects features at random: write here what the plugin does, and its source. */
package ${package};

/** Starts a stand-in at its usual port, or at any when somebody has that one. */
export async function atUsualPort<StandIn>(port: number, start: (port: number) => Promise<StandIn>): Promise<StandIn> {
  try {
    return await start(port)
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw fault
    return await start(0)
  }
}

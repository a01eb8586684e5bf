// Prints every Socket.IO event as a line of JSON.
// usage: node listen.cjs FOLDER_WITH_NODE_MODULES URL TOKEN TRANSPORT
const { createRequire } = require('node:module');
const [, , modules, url, token, transport] = process.argv;
const { io } = createRequire(modules + '/')('socket.io-client');

const say = (event, data) => console.log(JSON.stringify({ event, data }));
const socket = io(url, { auth: token ? { token } : {}, transports: [transport] });
socket.on('connect', () => {
  socket.emit('subscribe', {
    events: ['face_added', 'face_deleted', 'face_recognized', 'camera_connected', 'camera_disconnected'],
  });
  say('connect', {});
});
socket.on('connect_error', (error) => say('connect_error', { message: error.message }));
socket.on('disconnect', (reason) => say('disconnect', { reason }));
socket.onAny((event, data) => say(event, data));
